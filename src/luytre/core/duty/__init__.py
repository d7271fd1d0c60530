"""The judge: law × bearers × facts × moment → obligations, each with its why."""
