"""The records office (văn thư): numbers of papers, issued papers frozen with their bytes, signed copies, Word templates.

It stands beneath the rooms, so that each of them may issue its papers here; what a paper is made of lies in core.paper.
"""
