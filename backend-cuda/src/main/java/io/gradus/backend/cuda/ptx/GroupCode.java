package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.ptx.PtxCode.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Where a thread stands in its block's {@link Geometry}, and how its group comes together. */
final class GroupCode {
  private final PtxCode code;
  private final Geometry geometry;
  private final Value shared;

  /** The number of the thread among those of its group. */
  final Value thread;

  /** The number of its group in the block. */
  final Value group;

  /**
   * Declares shared memory for states of this size.
   *
   * @param bytes of all registers of a state
   */
  GroupCode(PtxCode code, Geometry geometry, int bytes) {
    this.code = code;
    this.geometry = geometry;
    this.shared = code.shared((long) geometry.block() * bytes);
    Value id = IndexMath.special(code, "%tid.x");
    int inner = geometry.groupsFirst ? geometry.groups : geometry.threads;
    Value low = code.op(RegisterType.B32, "and.b32", id, Value.of(inner - 1));
    Value high =
        code.op(RegisterType.B32, "shr.u32", id, Value.of(Integer.numberOfTrailingZeros(inner)));
    thread = geometry.groupsFirst ? high : low;
    group = geometry.groupsFirst ? low : high;
  }

  static int bytes(List<RegisterType> state) {
    return state.stream().mapToInt(t -> t.bytes).sum();
  }

  /** The addresses of a thread's state; each register has an array of its own. */
  private Value[] places(Value ofThread, Value[] state) {
    Value[] places = new Value[state.length];
    Value number =
        code.op(RegisterType.B32, "mad.lo.s32", ofThread, Value.of(geometry.groups), group);
    int offset = 0;
    for (int k = 0; k < state.length; k++) {
      int bytes = state[k].type().bytes;
      Value from = code.op(RegisterType.B32, "add.s32", shared, Value.of(offset));
      places[k] = code.op(RegisterType.B32, "mad.lo.s32", number, Value.of(bytes), from);
      offset += bytes * geometry.block();
    }
    return places;
  }

  private void put(Value[] places, Value[] state) {
    for (int k = 0; k < state.length; k++) {
      code.line("st.shared." + state[k].type().name + " [" + places[k] + "], " + state[k]);
    }
  }

  private Value[] get(Value[] places, Value[] like) {
    Value[] state = new Value[like.length];
    for (int k = 0; k < like.length; k++) {
      state[k] = code.fresh(like[k].type());
      code.line("ld.shared." + like[k].type().name + " " + state[k] + ", [" + places[k] + "]");
    }
    return state;
  }

  /** Merges the states of a group in fixed order; afterwards its thread 0 has the whole. */
  void merge(FoldCode fold, Value[] state) {
    if (geometry.threads == 1) {
      return;
    }
    Value[] own = places(thread, state);
    put(own, state);
    for (int half = geometry.threads / 2; half > 0; half /= 2) {
      code.barrier();
      Label skip = code.label();
      code.jumpUnless(code.pred("setp.lt.u32", thread, Value.of(half)), skip);
      Value partner = code.op(RegisterType.B32, "add.s32", thread, Value.of(half));
      fold.merge(state, get(places(partner, state), state));
      put(own, state);
      code.place(skip);
    }
  }

  /** Gives the state of thread 0, after {@link #merge}, to all threads of the group. */
  Value[] share(Value[] state) {
    if (geometry.threads == 1) {
      return state;
    }
    code.barrier();
    Value[] whole = get(places(Value.of(0), state), state);
    code.barrier();
    return whole;
  }

  /**
   * A loop over the thread's positions from a first one to an end.
   *
   * @param lanes positions that the body gets at once while there are so many left
   */
  void loop(IndexMath math, Value first, Value end, int lanes, Consumer<List<Value>> body) {
    Value position = code.copy(first);
    Value step = math.number(geometry.threads);
    if (lanes > 1) {
      Label loop = code.label();
      Label rest = code.label();
      code.place(loop);
      List<Value> at = new ArrayList<>(List.of(position));
      for (int k = 1; k < lanes; k++) {
        at.add(math.add(position, math.number((long) k * geometry.threads)));
      }
      code.jumpUnless(math.less(at.getLast(), end), rest);
      body.accept(at);
      math.addTo(position, math.number((long) lanes * geometry.threads));
      code.jump(loop);
      code.place(rest);
    }
    Label loop = code.label();
    Label done = code.label();
    code.place(loop);
    code.jumpIf(math.atLeast(position, end), done);
    body.accept(List.of(position));
    math.addTo(position, step);
    code.jump(loop);
    code.place(done);
  }
}
