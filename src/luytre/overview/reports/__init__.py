"""Reports that write themselves: named figures over journal and register, and the pages, papers, workbooks and packages made of them."""
