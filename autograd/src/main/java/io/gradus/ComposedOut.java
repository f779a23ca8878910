package io.gradus;

import java.util.List;
import java.util.function.Supplier;

/**
 * The operations of {@link Out} that compute in memory of their own and then copy: reductions,
 * scans, products, joining and picking. Everything else is {@link #of}.
 */
public abstract sealed class ComposedOut permits Out {
  ComposedOut() {}

  /**
   * The result of any operation, computed in memory of its own first.
   *
   * @return the target
   */
  public abstract Tensor of(Supplier<Tensor> operation);

  /** {@link Tensor#sum(int...)}. */
  public final Tensor sum(Tensor a, int... dims) {
    return of(() -> a.sum(dims));
  }

  /** {@link Tensor#sum(int[], boolean)}. */
  public final Tensor sum(Tensor a, int[] dims, boolean keepdim) {
    return of(() -> a.sum(dims, keepdim));
  }

  /** {@link Tensor#nansum(int[], boolean)}. */
  public final Tensor nansum(Tensor a, int[] dims, boolean keepdim) {
    return of(() -> a.nansum(dims, keepdim));
  }

  /** {@link Tensor#mean(int...)}. */
  public final Tensor mean(Tensor a, int... dims) {
    return of(() -> a.mean(dims));
  }

  /** {@link Tensor#mean(int[], boolean)}. */
  public final Tensor mean(Tensor a, int[] dims, boolean keepdim) {
    return of(() -> a.mean(dims, keepdim));
  }

  /** {@link Tensor#nanmean(int[], boolean)}. */
  public final Tensor nanmean(Tensor a, int[] dims, boolean keepdim) {
    return of(() -> a.nanmean(dims, keepdim));
  }

  /** {@link Tensor#prod(int, boolean)}. */
  public final Tensor prod(Tensor a, int dim, boolean keepdim) {
    return of(() -> a.prod(dim, keepdim));
  }

  /** {@link Tensor#amax(int[], boolean)}. */
  public final Tensor amax(Tensor a, int[] dims, boolean keepdim) {
    return of(() -> a.amax(dims, keepdim));
  }

  /** {@link Tensor#amin(int[], boolean)}. */
  public final Tensor amin(Tensor a, int[] dims, boolean keepdim) {
    return of(() -> a.amin(dims, keepdim));
  }

  /** {@link Tensor#argmax(int, boolean)}. */
  public final Tensor argmax(Tensor a, int dim, boolean keepdim) {
    return of(() -> a.argmax(dim, keepdim));
  }

  /** {@link Tensor#argmin(int, boolean)}. */
  public final Tensor argmin(Tensor a, int dim, boolean keepdim) {
    return of(() -> a.argmin(dim, keepdim));
  }

  /** {@link Tensor#any(int[], boolean)}. */
  public final Tensor any(Tensor a, int[] dims, boolean keepdim) {
    return of(() -> a.any(dims, keepdim));
  }

  /** {@link Tensor#all(int[], boolean)}. */
  public final Tensor all(Tensor a, int[] dims, boolean keepdim) {
    return of(() -> a.all(dims, keepdim));
  }

  /** {@link Tensor#logsumexp(int[], boolean)}. */
  public final Tensor logsumexp(Tensor a, int[] dims, boolean keepdim) {
    return of(() -> a.logsumexp(dims, keepdim));
  }

  /** {@link Tensor#var(int[], double, boolean)}. */
  public final Tensor var(Tensor a, int[] dims, double correction, boolean keepdim) {
    return of(() -> a.var(dims, correction, keepdim));
  }

  /** {@link Tensor#std(int[], double, boolean)}. */
  public final Tensor std(Tensor a, int[] dims, double correction, boolean keepdim) {
    return of(() -> a.std(dims, correction, keepdim));
  }

  /** {@link Tensor#norm(double, int[], boolean)}. */
  public final Tensor norm(Tensor a, double p, int[] dims, boolean keepdim) {
    return of(() -> a.norm(p, dims, keepdim));
  }

  /** {@link Tensor#cumsum(int)}. */
  public final Tensor cumsum(Tensor a, int dim) {
    return of(() -> a.cumsum(dim));
  }

  /** {@link Tensor#cumprod(int)}. */
  public final Tensor cumprod(Tensor a, int dim) {
    return of(() -> a.cumprod(dim));
  }

  /** {@link Tensor#logcumsumexp(int)}. */
  public final Tensor logcumsumexp(Tensor a, int dim) {
    return of(() -> a.logcumsumexp(dim));
  }

  /** {@link Tensor#softmax(int)}. */
  public final Tensor softmax(Tensor a, int dim) {
    return of(() -> a.softmax(dim));
  }

  /** {@link Tensor#logSoftmax(int)}. */
  public final Tensor logSoftmax(Tensor a, int dim) {
    return of(() -> a.logSoftmax(dim));
  }

  /** {@link Tensor#argsort(int, boolean)}. */
  public final Tensor argsort(Tensor a, int dim, boolean descending) {
    return of(() -> a.argsort(dim, descending));
  }

  /** {@link Tensor#msort}. */
  public final Tensor msort(Tensor a) {
    return of(() -> a.msort());
  }

  /** {@link Tensor#searchsorted(Tensor, boolean)}. */
  public final Tensor searchsorted(Tensor sorted, Tensor values, boolean right) {
    return of(() -> sorted.searchsorted(values, right));
  }

  /** {@link Tensor#bucketize(Tensor, boolean)}. */
  public final Tensor bucketize(Tensor a, Tensor boundaries, boolean right) {
    return of(() -> a.bucketize(boundaries, right));
  }

  /** {@link Tensor#matmul}. */
  public final Tensor matmul(Tensor a, Tensor b) {
    return of(() -> a.matmul(b));
  }

  /** {@link Tensor#mm}. */
  public final Tensor mm(Tensor a, Tensor b) {
    return of(() -> a.mm(b));
  }

  /** {@link Tensor#bmm}. */
  public final Tensor bmm(Tensor a, Tensor b) {
    return of(() -> a.bmm(b));
  }

  /** {@link Tensor#mv}. */
  public final Tensor mv(Tensor a, Tensor b) {
    return of(() -> a.mv(b));
  }

  /** {@link Tensor#dot}. */
  public final Tensor dot(Tensor a, Tensor b) {
    return of(() -> a.dot(b));
  }

  /** {@link Tensor#outer}. */
  public final Tensor outer(Tensor a, Tensor b) {
    return of(() -> a.outer(b));
  }

  /** {@link Tensor#inner}. */
  public final Tensor inner(Tensor a, Tensor b) {
    return of(() -> a.inner(b));
  }

  /** {@link Tensor#kron}. */
  public final Tensor kron(Tensor a, Tensor b) {
    return of(() -> a.kron(b));
  }

  /** {@link Tensor#addmm(Tensor, Tensor, double, double)}. */
  public final Tensor addmm(Tensor c, Tensor a, Tensor b, double beta, double alpha) {
    return of(() -> c.addmm(a, b, beta, alpha));
  }

  /** {@link Tensor#baddbmm(Tensor, Tensor, double, double)}. */
  public final Tensor baddbmm(Tensor c, Tensor a, Tensor b, double beta, double alpha) {
    return of(() -> c.baddbmm(a, b, beta, alpha));
  }

  /** {@link Tensor#addbmm(Tensor, Tensor, double, double)}. */
  public final Tensor addbmm(Tensor c, Tensor a, Tensor b, double beta, double alpha) {
    return of(() -> c.addbmm(a, b, beta, alpha));
  }

  /** {@link Tensor#addmv(Tensor, Tensor, double, double)}. */
  public final Tensor addmv(Tensor c, Tensor a, Tensor v, double beta, double alpha) {
    return of(() -> c.addmv(a, v, beta, alpha));
  }

  /** {@link Tensor#addr(Tensor, Tensor, double, double)}. */
  public final Tensor addr(Tensor c, Tensor v, Tensor w, double beta, double alpha) {
    return of(() -> c.addr(v, w, beta, alpha));
  }

  /** {@link Tensor#triu(long)}. */
  public final Tensor triu(Tensor a, long k) {
    return of(() -> a.triu(k));
  }

  /** {@link Tensor#tril(long)}. */
  public final Tensor tril(Tensor a, long k) {
    return of(() -> a.tril(k));
  }

  /** {@link Tensor#cat(List, int)}. */
  public final Tensor cat(List<Tensor> tensors, int dim) {
    return of(() -> Tensor.cat(tensors, dim));
  }

  /** {@link Tensor#stack(List, int)}. */
  public final Tensor stack(List<Tensor> tensors, int dim) {
    return of(() -> Tensor.stack(tensors, dim));
  }

  /** {@link Tensor#hstack}. */
  public final Tensor hstack(List<Tensor> tensors) {
    return of(() -> Tensor.hstack(tensors));
  }

  /** {@link Tensor#vstack}. */
  public final Tensor vstack(List<Tensor> tensors) {
    return of(() -> Tensor.vstack(tensors));
  }

  /** {@link Tensor#dstack}. */
  public final Tensor dstack(List<Tensor> tensors) {
    return of(() -> Tensor.dstack(tensors));
  }

  /** {@link Tensor#columnStack}. */
  public final Tensor columnStack(List<Tensor> tensors) {
    return of(() -> Tensor.columnStack(tensors));
  }

  /** {@link Tensor#gather}. */
  public final Tensor gather(Tensor a, int dim, Tensor index) {
    return of(() -> a.gather(dim, index));
  }

  /** {@link Tensor#indexSelect}. */
  public final Tensor indexSelect(Tensor a, int dim, Tensor index) {
    return of(() -> a.indexSelect(dim, index));
  }

  /** {@link Tensor#take}. */
  public final Tensor take(Tensor a, Tensor index) {
    return of(() -> a.take(index));
  }

  /** {@link Tensor#takeAlongDim(Tensor, int)}. */
  public final Tensor takeAlongDim(Tensor a, Tensor index, int dim) {
    return of(() -> a.takeAlongDim(index, dim));
  }

  /** {@link Tensor#maskedSelect}. */
  public final Tensor maskedSelect(Tensor a, Tensor mask) {
    return of(() -> a.maskedSelect(mask));
  }

  /** {@link Tensor#nonzero}. */
  public final Tensor nonzero(Tensor a) {
    return of(() -> a.nonzero());
  }

  /** {@link Tensor#where(Tensor, Tensor, Tensor)}. */
  public final Tensor where(Tensor condition, Tensor a, Tensor b) {
    return of(() -> Tensor.where(condition, a, b));
  }

  /** {@link Tensor#scatter(int, Tensor, Tensor)}. */
  public final Tensor scatter(Tensor a, int dim, Tensor index, Tensor source) {
    return of(() -> a.scatter(dim, index, source));
  }

  /** {@link Tensor#scatterAdd}. */
  public final Tensor scatterAdd(Tensor a, int dim, Tensor index, Tensor source) {
    return of(() -> a.scatterAdd(dim, index, source));
  }

  /** {@link Tensor#indexAdd(int, Tensor, Tensor)}. */
  public final Tensor indexAdd(Tensor a, int dim, Tensor index, Tensor source) {
    return of(() -> a.indexAdd(dim, index, source));
  }

  /** {@link Tensor#indexCopy}. */
  public final Tensor indexCopy(Tensor a, int dim, Tensor index, Tensor source) {
    return of(() -> a.indexCopy(dim, index, source));
  }

  /** {@link Tensor#diff(int, int)}. */
  public final Tensor diff(Tensor a, int n, int dim) {
    return of(() -> a.diff(n, dim));
  }
}
