package io.gradus.dsl

import io.gradus.GradCheck
import io.gradus.Tensor

/**
 * Compares the derivatives of [function] with differences of its values: `gradcheck(x, w) { (x, w) -> x.matmul(w) }`.
 *
 * The inputs are `f64` and require grad; [eps] is how far they are moved, [atol] and [rtol] how far the derivatives
 * may be apart. Returns true; see [GradCheck.gradcheck].
 *
 * @throws io.gradus.tensor.error.AutogradException naming the first derivative that disagrees
 * @throws io.gradus.tensor.error.InvalidArgumentException if an input to be checked is no `f64` leaf
 */
public fun gradcheck(
    vararg inputs: Tensor,
    eps: Double = 1e-6,
    atol: Double = 1e-5,
    rtol: Double = 1e-3,
    function: (List<Tensor>) -> Tensor,
): Boolean = GradCheck.gradcheck(checked(function), inputs.asList(), GradCheck.Tolerance(eps, atol, rtol))

/** As [gradcheck], for second derivatives: the gradient of the gradient. */
public fun gradgradcheck(
    vararg inputs: Tensor,
    eps: Double = 1e-6,
    atol: Double = 1e-5,
    rtol: Double = 1e-3,
    function: (List<Tensor>) -> Tensor,
): Boolean = GradCheck.gradgradcheck(checked(function), inputs.asList(), GradCheck.Tolerance(eps, atol, rtol))

private fun checked(function: (List<Tensor>) -> Tensor): GradCheck.Checked = GradCheck.Checked { listOf(function(it)) }
