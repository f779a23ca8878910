/**
 * The user's types: Tensor, its options and what scopes its work; machinery lives in subpackages.
 */
@NullMarked
package io.gradus;

import org.jspecify.annotations.NullMarked;
