/**
 * The service provider interface: what a backend implements, and the registry that finds them.
 *
 * <p>Nothing here names a particular backend.
 */
@NullMarked
package io.gradus.tensor.backend;

import org.jspecify.annotations.NullMarked;
