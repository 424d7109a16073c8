"""Evidence becomes an answer whose every figure has been checked."""
