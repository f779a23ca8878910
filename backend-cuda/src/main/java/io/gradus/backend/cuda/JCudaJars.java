package io.gradus.backend.cuda;

/** Whether JCuda is on the class path, told by a resource: none of its classes is touched. */
final class JCudaJars {
  private JCudaJars() {}

  static boolean present() {
    ClassLoader loader = JCudaJars.class.getClassLoader();
    String resource = "jcuda/driver/JCudaDriver.class";
    return (loader == null ? ClassLoader.getSystemResource(resource) : loader.getResource(resource))
        != null;
  }
}
