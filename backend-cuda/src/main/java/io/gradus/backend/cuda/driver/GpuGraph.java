package io.gradus.backend.cuda.driver;

import static io.gradus.backend.cuda.driver.DriverFailure.check;

import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.JCudaDriver;

/** Work that was written down once and is done in one call. */
public final class GpuGraph {
  private final CUgraphExec executable;

  private GpuGraph(CUgraphExec executable) {
    this.executable = executable;
  }

  static GpuGraph of(CUgraph graph) {
    CUgraphExec executable = new CUgraphExec();
    try {
      check(JCudaDriver.cuGraphInstantiate(executable, graph, 0), "cuGraphInstantiate");
    } finally {
      JCudaDriver.cuGraphDestroy(graph);
    }
    return new GpuGraph(executable);
  }

  /** Queues all of it. */
  public void launch(GpuStream stream) {
    check(JCudaDriver.cuGraphLaunch(executable, stream.handle()), "cuGraphLaunch");
  }

  /** Ends it once its work is done. */
  public void destroy() {
    check(JCudaDriver.cuGraphExecDestroy(executable), "cuGraphExecDestroy");
  }
}
