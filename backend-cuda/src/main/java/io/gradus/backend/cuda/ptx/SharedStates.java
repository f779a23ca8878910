package io.gradus.backend.cuda.ptx;

import java.util.List;

/** A state for each thread of a block in shared memory; each register has an array of its own. */
final class SharedStates {
  private final PtxCode code;
  private final List<RegisterType> registers;
  private final int count;
  private final Value base;

  SharedStates(PtxCode code, List<RegisterType> registers, int count) {
    this.code = code;
    this.registers = registers;
    this.count = count;
    this.base = code.shared((long) count * GroupCode.bytes(registers));
  }

  private Value place(Value number, int register) {
    int offset = 0;
    for (int k = 0; k < register; k++) {
      offset += registers.get(k).bytes * count;
    }
    Value from = code.op(RegisterType.B32, "add.s32", base, Value.of(offset));
    return code.op(
        RegisterType.B32, "mad.lo.s32", number, Value.of(registers.get(register).bytes), from);
  }

  void put(Value number, Value[] state) {
    for (int k = 0; k < state.length; k++) {
      code.line("st.shared." + state[k].type().name + " [" + place(number, k) + "], " + state[k]);
    }
  }

  Value[] get(Value number) {
    Value[] state = new Value[registers.size()];
    for (int k = 0; k < state.length; k++) {
      state[k] = code.fresh(registers.get(k));
      code.line(
          "ld.shared." + state[k].type().name + " " + state[k] + ", [" + place(number, k) + "]");
    }
    return state;
  }
}
