package io.gradus.backend.cpu.hot;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** Makes a class with the loop of a program; loaded only where the Vector API is there. */
final class LoopClass {
  /** Numbers a vector. */
  static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  private static final ClassDesc ARRAY = CD_float.arrayType();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void,
          ARRAY.arrayType(),
          CD_int.arrayType(),
          ARRAY.arrayType(),
          CD_int.arrayType(),
          ARRAY,
          CD_int);

  private static final int IN = 1;
  private static final int IN_AT = 2;
  private static final int OUT = 3;
  private static final int OUT_AT = 4;
  private static final int PARAMS = 5;
  private static final int N = 6;

  private LoopClass() {}

  /** The loop that computes expressions over so many inputs. */
  static Loop of(List<Expr> outputs, int inputs) {
    ClassDesc self = ClassDesc.of(LoopClass.class.getPackageName(), "HotProgram");
    byte[] bytes =
        ClassFile.of()
            .build(
                self,
                b ->
                    b.withFlags(ACC_FINAL)
                        .withInterfaceSymbols(ClassDesc.of(Loop.class.getName()))
                        .withMethodBody(
                            INIT_NAME,
                            MTD_void,
                            ACC_PUBLIC,
                            c -> c.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_())
                        .withMethodBody("run", RUN, ACC_PUBLIC, c -> body(c, outputs, inputs)));
    try {
      return (Loop)
          MethodHandles.lookup()
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void body(CodeBuilder c, List<Expr> outputs, int inputs) {
    VectorCode code = new VectorCode(c);
    int[] array = arrays(c, IN, inputs);
    int[] at = positions(c, IN_AT, inputs);
    int[] target = arrays(c, OUT, outputs.size());
    int[] targetAt = positions(c, OUT_AT, outputs.size());
    List<Expr> nodes = ExprGraph.postOrder(outputs);
    for (Expr e : nodes) {
      if (e instanceof Expr.Param x) {
        c.aload(PARAMS).loadConstant(x.index()).faload();
        code.broadcast(x);
      }
    }
    code.constants(outputs);
    int i = c.allocateLocal(TypeKind.INT);
    c.iconst_0().istore(i);
    Label head = c.newBoundLabel();
    Label end = c.newLabel();
    c.iload(i).iload(N).if_icmpge(end);
    for (Expr e : nodes) {
      if (e instanceof Expr.Input x) {
        code.species(ComputeType.F32);
        c.aload(array[x.index()]).iload(at[x.index()]).iload(i).iadd();
        c.invokestatic(
            VectorCode.FLOATS,
            "fromArray",
            MethodTypeDesc.of(VectorCode.FLOATS, VectorCode.SPECIES, ARRAY, CD_int));
        code.given(x, code.store());
      }
    }
    int[] results = new int[outputs.size()];
    for (int j = 0; j < results.length; j++) {
      results[j] = code.value(outputs.get(j));
    }
    for (int j = 0; j < results.length; j++) {
      c.aload(results[j]).aload(target[j]).iload(targetAt[j]).iload(i).iadd();
      c.invokevirtual(VectorCode.FLOATS, "intoArray", MethodTypeDesc.of(CD_void, ARRAY, CD_int));
    }
    c.iinc(i, LANES).goto_(head);
    c.labelBinding(end).return_();
  }

  private static int[] arrays(CodeBuilder c, int from, int count) {
    int[] locals = new int[count];
    for (int k = 0; k < count; k++) {
      locals[k] = c.allocateLocal(TypeKind.REFERENCE);
      c.aload(from).loadConstant(k).aaload().astore(locals[k]);
    }
    return locals;
  }

  private static int[] positions(CodeBuilder c, int from, int count) {
    int[] locals = new int[count];
    for (int k = 0; k < count; k++) {
      locals[k] = c.allocateLocal(TypeKind.INT);
      c.aload(from).loadConstant(k).iaload().istore(locals[k]);
    }
    return locals;
  }
}
