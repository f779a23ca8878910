/** Operations of many elements: reductions, views, indexing, joining, matrices. */
@NullMarked
package io.gradus.structure;

import org.jspecify.annotations.NullMarked;
