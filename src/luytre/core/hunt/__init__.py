"""Săn lùng mối nguy hại: log files in, findings out. Sigma rules, indicators and YARA over any log; runs alone, without Django."""
