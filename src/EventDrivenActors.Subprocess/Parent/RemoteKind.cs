using System.Collections.Concurrent;
using System.Reflection;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Objects of one implementation that are called by one interface: their token on the link, and those of their members.
/// Any thread.
/// </summary>
internal sealed class RemoteKind
{
    private readonly CallEncoder _encoder;
    private readonly RemoteContract _contract;

    // Any thread.
    private readonly ConcurrentDictionary<MethodInfo, ProxyMember> _members = [];

    /// <exception cref="ArgumentException">The interface has a member that cannot be called from another process, or
    /// the type does not implement it.</exception>
    public RemoteKind(Type contract, Type implementation, CallEncoder encoder)
    {
        _encoder = encoder;
        _contract = new RemoteContract(contract, implementation);
        encoder.Allow(_contract.CrossingTypes);
        Token = encoder.Intern(token => new WireMessage.DefineObject(
            token,
            WireTypeName.Of(contract),
            WireTypeName.Of(implementation)
        ));
    }

    public int Token { get; }

    public string Name => _contract.Interface.Name;

    /// <exception cref="ArgumentException">The method is generic, and with these arguments it cannot cross.</exception>
    public ProxyMember MemberOf(MethodInfo method) => _members.GetOrAdd(method, Intern);

    private ProxyMember Intern(MethodInfo method)
    {
        RemoteMember member = _contract.MemberOf(method);
        _encoder.Allow(SignatureTypes.Of(method));
        return new ProxyMember(
            member,
            _encoder.Intern(token => new WireMessage.DefineMember(token, Token, MethodReference.Of(method)))
        );
    }
}
