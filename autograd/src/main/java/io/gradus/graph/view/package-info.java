/**
 * Pictures of the recorded graph.
 *
 * <p>Reading the graph, placing its nodes and drawing them; nothing here computes gradients.
 */
@NullMarked
package io.gradus.graph.view;

import org.jspecify.annotations.NullMarked;
