/** The CUDA backend's provider and its probe; no class here names a JCuda type. */
@NullMarked
package io.gradus.backend.cuda;

import org.jspecify.annotations.NullMarked;
