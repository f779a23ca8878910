package io.gradus.backend.cuda.standin;

import java.util.ArrayList;
import java.util.List;

/** Work that can be run again and again, in the order in which it was recorded. */
final class Graph {
  final List<Runnable> nodes = new ArrayList<>();
}
