/**
 * Where the elements of a tensor lie: shapes, strides, views, broadcasting, overlap.
 *
 * <p>Pure integer arithmetic; nothing here touches memory.
 */
@NullMarked
package io.gradus.tensor.layout;

import org.jspecify.annotations.NullMarked;
