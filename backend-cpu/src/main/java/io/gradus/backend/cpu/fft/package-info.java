/**
 * Discrete Fourier transforms; what they mean is written in {@link
 * io.gradus.tensor.kernel.Kernel.Fft}, derivatives and shapes do not belong here.
 *
 * <p>JTransforms (version 3.2 of November 2025, BSD 2-clause, pure Java; needs JLargeArrays of the
 * same licence and nothing else) does the arithmetic. Measured in one thread on a Zen 5 core with
 * JDK 25, other work running: 2^16 points in {@code f64} take 0.45 ms, where numpy 2.4 (pocketfft)
 * takes 1.3 ms and MKL 1.0 ms; 1024 points take 4.5 µs (9 and 6); 100,000 points 1.1 ms (0.94 and
 * 0.77). Its {@code f32} code is no faster, so that {@code f32} lines are transformed in doubles. A
 * transform of our own would have to be vectorised by hand to gain on that. Its threads are not
 * used: lines are spread over our own workers, so that {@code gradus.threads} holds and results do
 * not depend on it.
 */
@NullMarked
package io.gradus.backend.cpu.fft;

import org.jspecify.annotations.NullMarked;
