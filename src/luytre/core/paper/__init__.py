"""Official papers: plain data (Decree 30/2020) → PDF, DOCX, HTML."""
