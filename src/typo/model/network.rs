//! A network with one hidden layer of rectified linear units.

/// Hidden units that are summed in registers at once.
const SIDE_BY_SIDE: usize = 16;

/// `N` inputs, `U` units (a multiple of 16), `O` outputs.
pub struct Network<const N: usize, const U: usize, const O: usize> {
    /// The weights of each input; transposed in the file.
    first: Vec<[f32; U]>,
    bias: [f32; U],
    second: [[f32; U]; O],
    second_bias: [f32; O],
}

impl<const N: usize, const U: usize, const O: usize> Network<N, U, O> {
    /// The number of its parameters.
    pub const LENGTH: usize = U * (N + 1) + O * (U + 1);

    /// Takes its parameters: weights and bias of each unit, then of each output. What is missing is 0.
    pub fn take(numbers: &mut impl Iterator<Item = f32>) -> Self {
        let mut next = || numbers.next().unwrap_or(0.0);
        let mut n = Network {
            first: vec![[0.0; U]; N],
            bias: [0.0; U],
            second: [[0.0; U]; O],
            second_bias: [0.0; O],
        };
        for unit in 0..U {
            n.first.iter_mut().for_each(|row| row[unit] = next());
            n.bias[unit] = next();
        }
        for (row, bias) in n.second.iter_mut().zip(&mut n.second_bias) {
            row.iter_mut().for_each(|w| *w = next());
            *bias = next();
        }
        n
    }

    /// Its outputs.
    pub fn outputs(&self, x: &[f32; N]) -> [f32; O] {
        let mut out = self.second_bias;
        for from in (0..U).step_by(SIDE_BY_SIDE) {
            let part = |row: &[f32; U]| -> [f32; SIDE_BY_SIDE] { std::array::from_fn(|u| row[from + u]) };
            let mut units = part(&self.bias);
            for (x, row) in x.iter().zip(&self.first) {
                let row = part(row);
                (0..SIDE_BY_SIDE).for_each(|u| units[u] += x * row[u]);
            }
            for (out, row) in out.iter_mut().zip(&self.second) {
                let row = part(row);
                // Four sums, as the processor adds in parallel.
                let mut lanes = [0.0; 4];
                (0..SIDE_BY_SIDE).for_each(|u| lanes[u % 4] += row[u] * units[u].max(0.0));
                *out += lanes.iter().sum::<f32>();
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_rectified_and_summed() {
        // The units are 2x - 1, -2x, and zeros; the output is the first plus ten times the second plus 3.
        let mut numbers = vec![2.0, -1.0, -2.0, 0.0];
        numbers.resize(32, 0.0);
        numbers.extend([1.0, 10.0]);
        numbers.resize(48, 0.0);
        numbers.push(3.0);
        assert_eq!(numbers.len(), Network::<1, 16, 1>::LENGTH);
        let n = Network::<1, 16, 1>::take(&mut numbers.into_iter());
        assert_eq!([-1.0, 0.0, 1.0].map(|x| n.outputs(&[x])), [[23.0], [3.0], [4.0]]);
    }
}
