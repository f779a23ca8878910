package io.gradus.graph;

/**
 * Where a gradient flows to: input {@code index} of a node, that is, one of its forward results.
 */
public record Edge(Node node, int index) {}
