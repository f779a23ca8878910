package io.gradus.dsl

import io.gradus.Options
import io.gradus.Tensor
import io.gradus.tensor.layout.Slice
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** Algebra where arithmetic is exact. */
class LawsSpec :
    StringSpec({
        "S6.3 sums, products, bounds and distances commute" {
            always {
                val t = if (it.random.nextBoolean()) it.whole() else it.floating()
                val u = if (t.dtype().isFloating) it.floating(t.dtype()) else it.whole(t.dtype())
                t.add(u) shouldEqual u.add(t)
                t.mul(u) shouldEqual u.mul(t)
                t.maximum(u) shouldEqual u.maximum(t)
                t.minimum(u) shouldEqual u.minimum(t)
                t.sub(u).abs() shouldEqual u.sub(t).abs()
                t.sub(u) shouldEqual t.add(u.neg())
                t.eq(u) shouldEqual u.eq(t)
                t.lt(u) shouldEqual u.gt(t)
                t.lt(u) shouldEqual t.ge(u).logicalNot()
            }
        }

        "S6.7 whole numbers are a ring, also where they wrap" {
            always {
                val a = it.whole()
                val b = it.whole(a.dtype()).mul(47)
                val c = it.whole(a.dtype()).mul(101)
                a.add(b).add(c) shouldEqual a.add(b.add(c))
                a.mul(b).mul(c) shouldEqual a.mul(b.mul(c))
                a.mul(b.add(c)) shouldEqual a.mul(b).add(a.mul(c))
                a.add(a.neg()) shouldEqual Tensor.zerosLike(a)
                a.mul(Tensor.onesLike(a)) shouldEqual a
            }
        }

        "S6.3 bits obey De Morgan, and three of them associate" {
            always {
                val a = it.whole()
                val b = it.whole(a.dtype())
                val c = it.whole(a.dtype())
                a.bitwiseAnd(b).bitwiseNot() shouldEqual a.bitwiseNot().bitwiseOr(b.bitwiseNot())
                a.bitwiseOr(b).bitwiseNot() shouldEqual a.bitwiseNot().bitwiseAnd(b.bitwiseNot())
                a.bitwiseXor(b).bitwiseXor(c) shouldEqual a.bitwiseXor(b.bitwiseXor(c))
                a.bitwiseXor(b).bitwiseXor(b) shouldEqual a
                val p = it.flags()
                val q = it.flags()
                p.logicalAnd(q).logicalNot() shouldEqual p.logicalNot().logicalOr(q.logicalNot())
                p.logicalXor(q) shouldEqual p.ne(q)
                p.all().logicalNot() shouldEqual p.logicalNot().any()
            }
        }

        "S6.3 quotient and remainder belong together" {
            always {
                val a = it.whole()
                val divisor = it.whole(a.dtype())
                val b = divisor.add(divisor.eq(0))
                a.floorDivide(b).mul(b).add(a.remainder(b)) shouldEqual a
                a.remainder(b).mul(b.sign()).ge(0).all().item() shouldBe 1L
                a.gcd(b).mul(a.lcm(b)) shouldEqual a.mul(b).abs()
            }
        }

        "S7 sort, argsort, gather, topk and kthvalue tell one story" {
            always {
                val t = it.any()
                val sorted = t.sort(it.dim, false)
                t.gather(it.dim, sorted.indices()) shouldEqual sorted.values()
                t.argsort(it.dim, false) shouldEqual sorted.indices()
                sorted.values().sort(it.dim, false).values() shouldEqual sorted.values()
                t.sort(it.dim, true).values() shouldEqual sorted.values().flip(it.dim)
                val rank = sorted.indices().argsort(it.dim, false)
                sorted.values().gather(it.dim, rank) shouldEqual t
                if (it.size > 0) {
                    val k = it.random.nextLong(1, it.size + 1)
                    t.topk(k, it.dim, false).values() shouldEqual sorted.values().narrow(it.dim, 0, k)
                    t.kthvalue(k, it.dim, false).values() shouldEqual sorted.values().select(it.dim, k - 1)
                    t.amax(it.dim) shouldEqual sorted.values().select(it.dim, -1)
                }
            }
        }

        "S7 scans end in reductions, and differences undo sums" {
            always {
                val t = it.whole(i64)
                val sums = t.cumsum(it.dim)
                val nothing = Tensor.zeros(Options.dtype(i64), *sums.shape().with(it.dim, 1).toArray())
                sums.diff(1, it.dim, nothing, null) shouldEqual t
                if (it.size > 0) {
                    sums.select(it.dim, -1) shouldEqual t.sum(it.dim)
                    t.cumprod(it.dim).select(it.dim, -1) shouldEqual t.prod(it.dim)
                    t.cummax(it.dim).values().select(it.dim, -1) shouldEqual t.amax(it.dim)
                }
                t.sum(it.dim).sum() shouldEqual t.sum()
                t.flip(it.dim).sum(it.dim) shouldEqual t.sum(it.dim)
            }
        }

        "S4 joining undoes splitting" {
            always {
                val t = it.any()
                val k = it.random.nextLong(1, 4)
                Tensor.cat(t.split(k, it.dim), it.dim) shouldEqual t
                Tensor.cat(t.chunk(k.toInt(), it.dim), it.dim) shouldEqual t
                Tensor.cat(t.tensorSplit(k.toInt(), it.dim), it.dim) shouldEqual t
                if (it.size > 0) {
                    Tensor.stack(t.unbind(it.dim), it.dim) shouldEqual t
                }
                val both = Tensor.cat(listOf(t, t), it.dim)
                both.narrow(it.dim, it.size, it.size) shouldEqual t
                t.repeatInterleave(k, it.dim).slice(it.dim, Slice(null, null, k)) shouldEqual t
            }
        }

        "S5.2 what is turned and turned back is as before" {
            always {
                val t = it.any()
                val order = it.order()
                val other = it.random.nextInt(it.rank)
                t.permute(*order).permute(*inverse(order)) shouldEqual t
                t.transpose(it.dim, other).transpose(it.dim, other) shouldEqual t
                t.movedim(it.dim, other).movedim(other, it.dim) shouldEqual t
                t.unsqueeze(it.dim).squeeze(it.dim) shouldEqual t
                t.flip(it.dim).flip(it.dim) shouldEqual t
                t.roll(2, it.dim).roll(-5, it.dim) shouldEqual t.roll(-3, it.dim)
                t.roll(it.size, it.dim) shouldEqual t
                if (it.rank > 1) {
                    t.rot90(1, 0, 1).rot90(3, 0, 1) shouldEqual t
                    t.rot90(2, 0, 1) shouldEqual t.flip(0, 1)
                }
            }
        }

        "S5.1 another shape and back is as before, in the same memory" {
            always {
                val t = it.any().contiguous()
                val shape = it.sizes.toLongArray()
                val flat = t.view(t.numel())
                flat.sameStorage(t) shouldBe true
                flat.view(*shape) shouldEqual t
                t.flatten() shouldEqual flat
                t.unflatten(it.dim, 1, it.size).squeeze(it.dim) shouldEqual t
                val strides = t.stride()
                flat.asStrided(shape, strides) shouldEqual t
                val u = it.any()
                u.reshape(flat.numel()).reshape(*shape) shouldEqual u
            }
        }

        "S3.3 what is gathered can be scattered back" {
            always {
                val t = it.any()
                val index = it.floating().argsort(it.dim, false)
                Tensor.zerosLike(t).scatter(it.dim, index, t.gather(it.dim, index)) shouldEqual t
                val all = Tensor.arange(it.size)
                t.indexSelect(it.dim, all) shouldEqual t
                t.take(Tensor.arange(t.numel())) shouldEqual t.reshape(t.numel())
                val mask = it.flags()
                Tensor.zerosLike(t).maskedScatter(mask, t.maskedSelect(mask)) shouldEqual
                    t.maskedFill(mask.logicalNot(), 0)
                val u = Tensor.zerosLike(t)
                Tensor.where(mask, t, u) shouldEqual Tensor.where(mask.logicalNot(), u, t)
                mask.nonzero().size(0) shouldBe mask.sum().item()
                val unique = t.uniqueWithCounts()
                unique.values().take(unique.inverse()) shouldEqual t
                unique.counts().sum().item() shouldBe t.numel()
            }
        }

        "S8 products of matrices associate and transpose" {
            always {
                val n = List(4) { _ -> it.random.nextLong(1, 5) }
                val a = it.matrix(n[0], n[1], i64)
                val b = it.matrix(n[1], n[2], i64)
                val c = it.matrix(n[2], n[3], i64)
                a.matmul(b).matmul(c) shouldEqual a.matmul(b.matmul(c))
                a.matmul(b).t() shouldEqual b.t().matmul(a.t())
                Tensor.einsum("ij,jk->ik", a, b) shouldEqual a.matmul(b)
                a.matmul(Tensor.eye(n[1]).to(i64)) shouldEqual a
                a.matmul(a.t()).trace() shouldEqual a.mul(a).sum()
                a.triu().add(a.tril(-1)) shouldEqual a
            }
        }

        "S2.2 a wider dtype and back is as before" {
            always {
                it.floating(f32).let { t -> t.to(f64).to(f32) shouldEqual t }
                it.floating(f32).to(f16).let { t -> t.to(f32).to(f16) shouldEqual t }
                it.floating(f32).to(bf16).let { t -> t.to(f32).to(bf16) shouldEqual t }
                it.whole().let { t -> t.to(i64).to(f64).to(t.dtype()) shouldEqual t }
            }
        }
    })

private fun inverse(order: IntArray): IntArray {
    val back = IntArray(order.size)
    order.forEachIndexed { i, d -> back[d] = i }
    return back
}
