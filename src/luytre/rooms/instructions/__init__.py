"""The instructions room: the chair's word (ý kiến chỉ đạo) to bodies, followed until it is answered and the answer accepted."""
