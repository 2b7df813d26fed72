namespace EventDrivenActors.Pure.Tests.Payloads;

/// <summary>
/// Damages encoded bytes in the ways that find faults in readers: flips, extreme values, cuts, repeats, noise.
/// </summary>
internal static class Mutations
{
    public static byte[] Of(byte[] bytes, Random random)
    {
        byte[] damaged = bytes.ToArray();
        for (int i = random.Next(1, 4); i > 0 && damaged.Length > 0; i--)
        {
            int at = random.Next(damaged.Length);
            switch (random.Next(6))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged[at] = byte.MaxValue;
                    break;
                case 3:
                    damaged = damaged[..at];
                    break;
                case 4:
                    damaged = [.. damaged[..at], .. damaged[random.Next(damaged.Length)..]];
                    break;
                default:
                    damaged.AsSpan(at, Math.Min(4, damaged.Length - at)).Fill((byte)(random.Next(2) == 0 ? 0x7f : 0));
                    break;
            }
        }

        return damaged;
    }
}
