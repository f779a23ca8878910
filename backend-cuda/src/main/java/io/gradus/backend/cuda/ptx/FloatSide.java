package io.gradus.backend.cuda.ptx;

/** How a factor of a product of {@code f32} is read, which is rounded to TF32 on the way. */
record FloatSide(TileSide side, boolean alongDepth) implements TensorSide {}
