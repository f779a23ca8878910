package io.gradus.golden.table;

import io.gradus.golden.OperationRegistry;

/** Matrix products, decompositions and what is built from them. */
final class Matrices {
  private Matrices() {}

  static void register(OperationRegistry r) {
    r.signatures("input mat1 mat2 beta=1 alpha=1", "addmm", "addbmm", "baddbmm", "addmv", "addr");
    r.signature("cross", "input other dim=null");
    r.signature("linalg.cross", "input other dim=-1");
    r.signature("tensordot", "a b dims=2");
    r.signature("cdist", "x1 x2 p=2.0 compute_mode=null");
    r.signatures("input upper=false", "cholesky", "cholesky_inverse");
    r.signatures("input upper=false", "linalg.cholesky", "linalg.cholesky_ex");
    r.signature("cholesky_solve", "input input2 upper=false");
    r.signatures("A UPLO=L", "linalg.eigh", "linalg.eigvalsh");
    r.signatures("A mode=reduced", "linalg.qr");
    r.signatures("A full_matrices=true", "linalg.svd");
    r.signatures("A pivot=true", "linalg.lu", "linalg.lu_factor", "linalg.lu_factor_ex");
    r.signatures("A left=true", "linalg.solve", "linalg.solve_ex");
    r.signature("linalg.solve_triangular", "A B upper left=true unitriangular=false");
    r.signature("linalg.lu_solve", "LU pivots B left=true adjoint=false");
    r.signature("linalg.vector_norm", "x ord=2 dim=null keepdim=false dtype=null");
    r.signature("linalg.matrix_norm", "A ord=fro dim=null keepdim=false dtype=null");
    r.signature("linalg.norm", "A ord=null dim=null keepdim=false dtype=null");
    r.signature("linalg.vecdot", "x y dim=-1");
    r.signature("linalg.vander", "x N=null");
    r.signature("linalg.tensorinv", "A ind=2");
    r.signature("linalg.tensorsolve", "A B dims=null");
    r.signature("linalg.cond", "A p=null");
    r.signatures("A atol=null rtol=null hermitian=false", "linalg.pinv", "linalg.matrix_rank");
    r.signature("linalg.lstsq", "A B rcond=null driver=null");
    r.signatures("input some=true compute_uv=true", "svd");
  }
}
