using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>Bound to <see cref="object"/>: whatever is not an envelope may neither leave nor enter.</summary>
internal sealed class RefusingSerializer : Serializer
{
    /// <summary>
    /// Called by Akka by reflection. It takes the place of Akka's own "json", which has settings, so it gets those too.
    /// </summary>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : base(system) { }

    public override int Identifier => 21_741;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) =>
        throw new ArgumentException(
            $"'{obj.GetType()}' may not leave this process; send a '{nameof(LinkEnvelope)}'.",
            nameof(obj)
        );

    public override object FromBinary(byte[] bytes, Type? type) =>
        throw new LinkProtocolException(
            $"'{bytes.Length}' bytes arrived for a serializer that reads nothing; only '{nameof(LinkEnvelope)}' may "
                + "enter."
        );
}
