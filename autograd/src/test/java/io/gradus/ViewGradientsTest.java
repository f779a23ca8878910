package io.gradus;

import static io.gradus.GradientSweep.of;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Slice;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ViewGradientsTest {
  @TestFactory
  @DisplayName("S10.9 every view passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> views() {
    return shapes().tests();
  }

  @TestFactory
  @DisplayName("S10.9 repeating, joining and splitting pass gradcheck and gradgradcheck")
  Stream<DynamicTest> copies() {
    return joins().tests();
  }

  static GradientSweep shapes() {
    return new GradientSweep()
        .one("view", t -> t.view(3, 2), 2, 3)
        .except(LayoutForm.TRANSPOSED, "view refuses strides that do not merge")
        .except(LayoutForm.EXPANDED, "view refuses strides that do not merge")
        .one("view split", t -> t.view(2, 1, 3), 2, 3)
        .one("reshape", t -> t.reshape(3, 2), 2, 3)
        .one("contiguous", t -> t.contiguous(), 2, 3)
        .one("transpose", t -> t.transpose(0, 1), 2, 3)
        .one("t", t -> t.t(), 2, 3)
        .one("permute", t -> t.permute(2, 0, 1), 2, 2, 2)
        .one("expand", t -> t.expand(2, 3, 2), 3, 1)
        .one("expandAs", t -> t.expandAs(Tensor.zeros(2, 2, 3)), 2, 3)
        .one("broadcastTo", t -> t.broadcastTo(2, 2, 3), 2, 3)
        .one("select", t -> t.select(1, -1), 2, 3)
        .one("narrow", t -> t.narrow(1, 1, 2), 2, 3)
        .one("unsqueeze", t -> t.unsqueeze(-1), 2, 3)
        .one("squeeze", t -> t.squeeze(), 2, 1, 3)
        .one("squeeze dim", t -> t.squeeze(1), 2, 1, 3)
        .one("flatten", t -> t.flatten(), 2, 3)
        .one("flatten from", t -> t.flatten(1), 2, 2, 2)
        .one("flatten range", t -> t.flatten(0, 1), 2, 2, 2)
        .one("T", t -> t.T(), 2, 3)
        .one("mT", t -> t.mT(), 2, 2, 2)
        .one("adjoint", t -> t.adjoint(), 2, 3)
        .one("movedim", t -> t.movedim(0, 2), 2, 2, 2)
        .one("moveaxis", t -> t.moveaxis(new int[] {0, 1}, new int[] {2, 0}), 2, 2, 2)
        .one("swapaxes", t -> t.swapaxes(0, 1), 2, 3)
        .one("swapdims", t -> t.swapdims(0, 1), 2, 3)
        .one("unflatten", t -> t.unflatten(1, 2, 2), 2, 4)
        .one("viewAs", t -> t.viewAs(Tensor.zeros(2, 1, 3)), 2, 3)
        .one("reshapeAs", t -> t.reshapeAs(Tensor.zeros(3, 2)), 2, 3)
        .one("ravel", t -> t.ravel(), 2, 3)
        .one("slice", t -> t.slice(1, Slice.of(0, 3).step(2)), 2, 3)
        .one("diagonal", t -> t.diagonal(), 2, 3)
        .one("diagonal offset", t -> t.diagonal(-1, 2, 0), 2, 2, 3)
        .one("unfold", t -> t.unfold(1, 2, 1), 2, 4)
        .one("unfold apart", t -> t.unfold(0, 1, 2), 3, 2)
        .one("asStrided", t -> t.asStrided(of(2, 2), of(1, 1)), 2, 3)
        .except(LayoutForm.SLICED, "it reads memory that is not the operand's")
        .except(LayoutForm.EXPANDED, "its memory holds too few elements")
        .one("asStrided offset", t -> t.asStrided(of(2), of(2), 1), 2, 3)
        .except(LayoutForm.EXPANDED, "its memory holds too few elements")
        .one("atleast1d", t -> t.atleast1d(), 2)
        .one("atleast2d", t -> t.atleast2d(), 2)
        .one("atleast3d", t -> t.atleast3d(), 2, 3)
        .one("clone", Tensor::clone, 2, 3)
        .one("cloneContiguous", t -> t.cloneContiguous(), 2, 3)
        .one("to", t -> t.to(DType.F64), 2, 3)
        .one("to device", t -> t.to(t.device()), 2, 3)
        .one("toDouble", t -> t.toDouble(), 2, 3)
        .one("typeAs", t -> t.typeAs(t), 2, 3)
        .one("t_", t -> t.clone().t_().mul(2), 2, 3)
        .one("transpose_", t -> t.clone().transpose_(0, 1).mul(2), 2, 3)
        .one("swapaxes_", t -> t.clone().swapaxes_(0, 1).mul(2), 2, 3)
        .one("swapdims_", t -> t.clone().swapdims_(0, 1).mul(2), 2, 3)
        .one("squeeze_", t -> t.clone().squeeze_().mul(2), 2, 1, 3)
        .one("squeeze_ dim", t -> t.clone().squeeze_(1).mul(2), 2, 1, 3)
        .one("unsqueeze_", t -> t.clone().unsqueeze_(0).mul(2), 2, 3);
  }

  static GradientSweep joins() {
    Tensor counts = Tensor.tensor(2L, 0L, 1L);
    return new GradientSweep()
        .one("repeat", t -> t.repeat(2, 1, 2), 2, 2)
        .one("tile", t -> t.tile(2), 2, 2)
        .one("repeatInterleave", t -> t.repeatInterleave(2), 2, 2)
        .one("repeatInterleave dim", t -> t.repeatInterleave(2, 1), 2, 2)
        .one("repeatInterleave counts", t -> t.repeatInterleave(counts, -1), 2, 3)
        .one("flip", t -> t.flip(0, 1), 2, 3)
        .one("fliplr", t -> t.fliplr(), 2, 3)
        .one("flipud", t -> t.flipud(), 2, 3)
        .one("roll", t -> t.roll(1), 2, 3)
        .one("roll dims", t -> t.roll(new long[] {1, -1}, new int[] {0, 1}), 2, 3)
        .one("rot90", t -> t.rot90(), 2, 3)
        .one("rot90 thrice", t -> t.rot90(3, 1, 0), 2, 3)
        .two("cat", (a, b) -> Tensor.cat(List.of(a, b)), of(2, 2), of(1, 2))
        .two("cat last", (a, b) -> Tensor.cat(List.of(a, b, a), -1), of(2, 2), of(2, 1))
        .two("stack", (a, b) -> Tensor.stack(List.of(a, b)), of(2, 2), of(2, 2))
        .two("stack last", (a, b) -> Tensor.stack(List.of(a, b), -1), of(2, 2), of(2, 2))
        .two("hstack", (a, b) -> Tensor.hstack(List.of(a, b)), of(2, 2), of(2, 1))
        .two("vstack", (a, b) -> Tensor.vstack(List.of(a, b)), of(2, 2), of(1, 2))
        .two("dstack", (a, b) -> Tensor.dstack(List.of(a, b)), of(2, 2), of(2, 2))
        .two("columnStack", (a, b) -> Tensor.columnStack(List.of(a, b)), of(2, 2), of(2))
        .list("broadcastTensors", Tensor::broadcastTensors, of(2, 1), of(1, 3))
        .list("meshgrid", in -> Tensor.meshgrid(in, "ij"), of(2), of(3))
        .list("meshgrid xy", in -> Tensor.meshgrid(in, "xy"), of(2), of(3))
        .two("blockDiag", (a, b) -> Tensor.blockDiag(List.of(a, b)), of(2, 2), of(1, 2))
        .two("cartesianProd", (a, b) -> Tensor.cartesianProd(List.of(a, b)), of(2), of(3))
        .one("combinations", t -> Tensor.combinations(t, 2, false), 3)
        .two("chunkCat", (a, b) -> Tensor.chunkCat(List.of(a, b), 0, 2), of(2, 3), of(3))
        .list("chunk", in -> in.get(0).chunk(2), of(3, 2))
        .list("chunk last", in -> in.get(0).chunk(2, 1), of(2, 3))
        .list("split", in -> in.get(0).split(1), of(2, 3))
        .list("split sizes", in -> in.get(0).split(of(1, 2), 1), of(2, 3))
        .list("tensorSplit", in -> in.get(0).tensorSplit(2, 1), of(2, 3))
        .list("tensorSplit indices", in -> in.get(0).tensorSplit(of(1, 2), 1), of(2, 3))
        .list("hsplit", in -> in.get(0).hsplit(2), of(2, 2))
        .list("vsplit", in -> in.get(0).vsplit(2), of(2, 2))
        .list("dsplit", in -> in.get(0).dsplit(2), of(1, 2, 2))
        .list("unbind", in -> in.get(0).unbind(), of(2, 3))
        .list("unbind last", in -> in.get(0).unbind(-1), of(2, 3));
  }
}
