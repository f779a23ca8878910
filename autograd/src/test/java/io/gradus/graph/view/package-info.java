/** Tests of the pictures of graphs. */
@NullMarked
package io.gradus.graph.view;

import org.jspecify.annotations.NullMarked;
