package io.gradus.data;

import io.gradus.random.Generator;

/**
 * Where a training stands in its data.
 *
 * <p>To go on there: set the loader's generator to {@code shuffle}, then take {@link
 * DataLoader#from} of {@code batch}.
 *
 * @param epoch the number of complete passes
 * @param batch the number of batches taken since then
 * @param shuffle where the loader's generator stood before it drew the order of this pass
 */
public record LoaderPosition(long epoch, long batch, Generator.State shuffle) {}
