"""The way to come (decision 8): statements judged by meaning, slots that veto. Measured by `make train`; it does not answer yet."""
