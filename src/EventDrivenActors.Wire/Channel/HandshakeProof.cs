using System.Security.Cryptography;

namespace EventDrivenActors.Wire.Channel;

/// <summary>Proves that an end knows the nonce, without sending it, and that its message is unchanged.</summary>
internal static class HandshakeProof
{
    public const int Length = HMACSHA256.HashSizeInBytes;

    /// <summary>Each end has its own label, so that no proof can be sent back as an answer.</summary>
    public static ReadOnlySpan<byte> Child => "EventDrivenActors child"u8;

    public static ReadOnlySpan<byte> Parent => "EventDrivenActors parent"u8;

    public static byte[] Of(byte[] nonce, ReadOnlySpan<byte> label, ReadOnlySpan<byte> content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, nonce);
        hash.AppendData(label);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    public static bool Holds(
        ReadOnlySpan<byte> proof,
        byte[] nonce,
        ReadOnlySpan<byte> label,
        ReadOnlySpan<byte> content
    ) => CryptographicOperations.FixedTimeEquals(proof, Of(nonce, label, content));
}
