package io.gradus.backend.cuda.emulator;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A loaded module: its kernels, decoded when first asked for, and its variables in memory. */
public final class PtxModule {
  private final PtxParser source;
  private final Map<String, Kernel> decoded = new HashMap<>();
  private final Map<Variable, Long> addresses = new LinkedHashMap<>();
  private final DeviceMemory memory;

  /**
   * Reads a module and puts its variables into a device's memory.
   *
   * @throws PtxException if the text is no PTX, or says what is not known here
   */
  public PtxModule(String text, DeviceMemory memory, int device) {
    this.memory = memory;
    source = new PtxParser(text);
    for (Variable v : source.variables) {
      if (!v.space().equals("shared")) {
        long at = memory.allocate(Math.max(v.bytes(), 1), device);
        addresses.put(v, at);
        byte[] initial = v.initial().length == 0 ? new byte[(int) v.bytes()] : v.initial();
        memory.write(at, MemorySegment.ofArray(initial));
      }
    }
  }

  /** The names of its kernels. */
  public Set<String> names() {
    return source.kernels.keySet();
  }

  /** What the text says it was written for, such as {@code sm_70}. */
  public String target() {
    return source.target;
  }

  /**
   * A kernel, or null if there is none of that name.
   *
   * @throws PtxException if it has instructions that are not known here
   */
  public @Nullable Kernel kernel(String name) {
    FunctionSource f = source.kernels.get(name);
    return f == null ? null : decoded.computeIfAbsent(name, n -> decode(f));
  }

  /** The address and size of a variable, or null. */
  public long @Nullable [] variable(String name) {
    for (Map.Entry<Variable, Long> e : addresses.entrySet()) {
      if (e.getKey().name().equals(name)) {
        return new long[] {e.getValue(), e.getKey().bytes()};
      }
    }
    return null;
  }

  /** Gives the variables' memory back. */
  public void unload() {
    addresses.values().forEach(memory::free);
    addresses.clear();
  }

  private Kernel decode(FunctionSource f) {
    Map<Variable, Integer> places = new HashMap<>();
    int shared = 0;
    int local = 0;
    List<Variable> open = new ArrayList<>();
    List<Variable> all = new ArrayList<>(f.variables);
    source.variables.stream().filter(v -> v.space().equals("shared")).forEach(all::add);
    for (Variable v : all) {
      if (v.space().equals("local")) {
        local = align(local, v.align());
        places.put(v, local);
        local += (int) v.bytes();
      } else if (v.bytes() == 0) {
        open.add(v);
      } else {
        shared = align(shared, v.align());
        places.put(v, shared);
        shared += (int) v.bytes();
      }
    }
    shared = open.isEmpty() ? shared : align(shared, 16);
    for (Variable v : open) {
      places.put(v, shared);
    }
    Operands operands = new Operands(places, v -> addresses.getOrDefault(v, 0L));
    Decoder decoder = new Decoder(operands);
    Instruction[] code = new Instruction[f.statements.size() + 1];
    for (int i = 0; i < f.statements.size(); i++) {
      Statement s = f.statements.get(i);
      try {
        code[i] = decoder.decode(s);
      } catch (PtxException | NumberFormatException e) {
        throw new PtxException("line " + s.line() + ": `" + s + "`: " + e.getMessage(), e);
      }
    }
    code[code.length - 1] = new Instruction.Exit();
    return new Kernel(f, code, operands.files(), shared, align(local, 16));
  }

  private static int align(int at, int to) {
    return to <= 1 ? at : (at + to - 1) / to * to;
  }
}
