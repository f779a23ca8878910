/**
 * The calls to NVIDIA's driver, each checked: JCuda's for set-up, direct ones for what happens all
 * the time.
 *
 * <p>Nothing here knows of tensors. The only package that names JCuda types.
 */
@NullMarked
package io.gradus.backend.cuda.driver;

import org.jspecify.annotations.NullMarked;
