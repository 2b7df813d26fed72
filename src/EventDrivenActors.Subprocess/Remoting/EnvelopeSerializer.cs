using Akka.Actor;
using Akka.Serialization;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>Writes and reads <see cref="LinkEnvelope"/> and nothing else.</summary>
internal sealed class EnvelopeSerializer : Serializer
{
    public const int Id = 21_740;

    /// <summary>Called by Akka by reflection.</summary>
    public EnvelopeSerializer(ExtendedActorSystem system)
        : base(system) { }

    public override int Identifier => Id;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) =>
        obj is LinkEnvelope envelope
            ? envelope.Bytes.ToArray()
            : throw new ArgumentException(
                $"'{obj.GetType()}' does not cross the line by itself; send a '{nameof(LinkEnvelope)}'.",
                nameof(obj)
            );

    public override object FromBinary(byte[] bytes, Type? type) => EnvelopeFormat.Read(bytes);
}
