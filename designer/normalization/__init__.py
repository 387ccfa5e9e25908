"""The normalisation kernel: closures, keys, normal forms, decompositions and their proofs. Imports nothing of ours."""
