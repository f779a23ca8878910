package io.gradus.backend.cuda.standin;

import java.util.List;

/** Graphs that were captured: CUDA Driver API, "Graph Management". */
final class GraphCalls {
  private final Driver driver;

  GraphCalls(Driver driver) {
    this.driver = driver;
  }

  /** A graph that can be run; later changes of the graph do not matter. */
  private record Executable(List<Runnable> nodes) {}

  void register() {
    driver.on("cuGraphCreate", a -> a.putLong(0, driver.handles.add(new Graph())));
    driver.on(
        "cuGraphInstantiateWithFlags",
        a -> {
          Graph g = driver.handles.get(a.asLong(1), Graph.class);
          a.putLong(0, driver.handles.add(new Executable(List.copyOf(g.nodes))));
        });
    driver.on(
        "cuGraphLaunch",
        a -> {
          List<Runnable> nodes = driver.handles.get(a.asLong(0), Executable.class).nodes;
          driver.submit(driver.stream(a.asLong(1)), () -> nodes.forEach(Runnable::run));
        });
    driver.on("cuGraphUpload", a -> {});
    driver.on(
        "cuGraphGetNodes",
        a -> a.putLong(2, driver.handles.get(a.asLong(0), Graph.class).nodes.size()));
    driver.on("cuGraphDestroy", a -> driver.handles.remove(a.asLong(0), Graph.class));
    driver.on("cuGraphExecDestroy", a -> driver.handles.remove(a.asLong(0), Executable.class));
  }
}
