/* Adam from many starts on Rosenbrock's valley, as a careful C programmer writes it: the yardstick for our own loop.
 *
 * A block of starts stays in registers and in the first cache for all steps; the compiler turns the inner loop into
 * vector instructions, provided that sqrtf need not set errno (-fno-math-errno). What depends on the step alone is
 * computed once. Everything else follows IEEE 754. */

#include <math.h>
#include <stdlib.h>

enum { BLOCK = 64 };

static void run_block(float *restrict x, float *restrict y, int steps, float learning_rate, float b1, float b2,
                      float eps, float steepness, const float *correction_1, const float *correction_2)
{
    float mx[BLOCK] = {0}, my[BLOCK] = {0}, vx[BLOCK] = {0}, vy[BLOCK] = {0};
    for (int t = 0; t < steps; t++) {
        const float c1 = correction_1[t], c2 = correction_2[t];
#pragma omp simd
        for (int i = 0; i < BLOCK; i++) {
            const float gap = y[i] - x[i] * x[i];
            const float gx = -2.0f * (1.0f - x[i]) - 4.0f * steepness * gap * x[i];
            const float gy = 2.0f * steepness * gap;
            mx[i] = b1 * mx[i] + (1.0f - b1) * gx;
            my[i] = b1 * my[i] + (1.0f - b1) * gy;
            vx[i] = b2 * vx[i] + (1.0f - b2) * gx * gx;
            vy[i] = b2 * vy[i] + (1.0f - b2) * gy * gy;
            x[i] -= learning_rate * (mx[i] * c1) / (sqrtf(vx[i] * c2) + eps);
            y[i] -= learning_rate * (my[i] * c1) / (sqrtf(vy[i] * c2) + eps);
        }
    }
}

/* Moves `count` starts, a multiple of BLOCK, in place: x and y are separate arrays. */
void adam_starts(float *x, float *y, int count, int steps, float learning_rate, float b1, float b2, float eps,
                 float steepness)
{
    float *correction_1 = malloc(sizeof(float) * steps), *correction_2 = malloc(sizeof(float) * steps);
    for (int t = 0; t < steps; t++) {
        correction_1[t] = (float)(1.0 / (1.0 - pow(b1, t + 1)));
        correction_2[t] = (float)(1.0 / (1.0 - pow(b2, t + 1)));
    }
#pragma omp parallel for schedule(static)
    for (int i = 0; i < count; i += BLOCK)
        run_block(x + i, y + i, steps, learning_rate, b1, b2, eps, steepness, correction_1, correction_2);
    free(correction_1);
    free(correction_2);
}
