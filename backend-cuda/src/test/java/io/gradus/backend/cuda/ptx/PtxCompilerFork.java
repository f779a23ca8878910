package io.gradus.backend.cuda.ptx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/**
 * Compiles files of PTX with NVIDIA's compiler library: a process of its own, as the library ends
 * the process on what it does not like.
 */
final class PtxCompilerFork {
  private PtxCompilerFork() {}

  /** The architecture, then files; the status is the number of files that do not compile. */
  public static void main(String[] arguments) throws Exception {
    int bad = 0;
    for (int i = 1; i < arguments.length; i++) {
      byte[] text = (Files.readString(Path.of(arguments[i])) + "\0").getBytes(UTF_8);
      nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
      JNvPTXCompiler.nvPTXCompilerCreate(handle, text.length, text);
      String[] options = {"--gpu-name=" + arguments[0], "--opt-level", "0"};
      int status = JNvPTXCompiler.nvPTXCompilerCompile(handle, options.length, options);
      if (status != 0) {
        bad++;
        long[] length = {0};
        JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(handle, length);
        byte[] log = new byte[(int) length[0] + 1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLog(handle, log);
        System.out.println(status + ": " + new String(log, UTF_8).trim());
      }
      JNvPTXCompiler.nvPTXCompilerDestroy(handle);
    }
    System.out.println("compiled " + (arguments.length - 1) + " files");
    System.exit(bad);
  }
}
