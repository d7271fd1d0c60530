"""The vocabulary: one file a noun, each verb with its sentence, the shape of its detail, whether it may be filed from outside."""
