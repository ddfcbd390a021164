"""Writing notes with a bundle: loading it, running it, sampling under constraints.

Conventions: ONNX Runtime only, never a training framework. Ids are int32, logits float32 of shape
(b, v), masks bool of the same shape; times are grid positions, pitches key-normalised.
"""
