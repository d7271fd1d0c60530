"""The hunting room: logs of one body's systems go in, Sigma rules look, people judge; coverage is measured and the proof files itself."""
