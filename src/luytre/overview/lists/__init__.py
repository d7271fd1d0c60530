"""The lists experts work from: bodies, systems, papers, people; sorted, filtered, kept as views, taken out as workbooks."""
