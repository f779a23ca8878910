/** Tests of data sets and loaders. */
@NullMarked
package io.gradus.data;

import org.jspecify.annotations.NullMarked;
