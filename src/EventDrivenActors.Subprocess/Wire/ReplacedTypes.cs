using System.Collections.Concurrent;
using Hyperion;
using Hyperion.SerializerFactories;
using Hyperion.ValueSerializers;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>
/// Types that Hyperion writes wrongly by itself, and for which another value is written in their place: a queue as the array of its
/// elements (Hyperion numbers a queue before its elements when writing and after them when reading, so that references go astray),
/// a URI as its text.
/// </summary>
internal sealed class ReplacedTypes : ValueSerializerFactory
{
    public static bool Contains(Type type) => type == typeof(Uri) || IsQueue(type);

    public override bool CanSerialize(Serializer serializer, Type type) => Contains(type);

    public override bool CanDeserialize(Serializer serializer, Type type) => Contains(type);

    public override ValueSerializer BuildSerializer(Serializer serializer, Type type, ConcurrentDictionary<Type, ValueSerializer> typeMapping)
    {
        var replaced = new ObjectSerializer(type);
        if (type == typeof(Uri))
        {
            replaced.Initialize(ReadUri, WriteUri);
        }
        else
        {
            var queue = (IQueueForm)Activator.CreateInstance(typeof(QueueForm<>).MakeGenericType(type.GetGenericArguments()))!;
            replaced.Initialize(queue.Read, queue.Write);
        }

        return typeMapping.GetOrAdd(type, replaced);
    }

    private static bool IsQueue(Type type) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Queue<>);

    private static void WriteUri(Stream stream, object value, SerializerSession session)
    {
        session.TrackSerializedObject(value);
        WriteWhole(stream, ((Uri)value).OriginalString, session);
    }

    private static object ReadUri(Stream stream, DeserializerSession session)
    {
        var place = new object();
        session.TrackDeserializedObject(place);
        var uri = new Uri((string)session.Serializer.GetDeserializerByManifest(stream, session).ReadValue(stream, session), UriKind.RelativeOrAbsolute);
        session.ReplaceOrAddTrackedDeserializedObject(place, uri);
        return uri;
    }

    private static void WriteWhole(Stream stream, object value, SerializerSession session)
    {
        var inner = session.Serializer.GetSerializerByType(value.GetType());
        inner.WriteManifest(stream, session);
        inner.WriteValue(stream, value, session);
    }

    private interface IQueueForm
    {
        void Write(Stream stream, object value, SerializerSession session);

        object Read(Stream stream, DeserializerSession session);
    }

    private sealed class QueueForm<T> : IQueueForm
    {
        public void Write(Stream stream, object value, SerializerSession session)
        {
            session.TrackSerializedObject(value);
            WriteWhole(stream, ((Queue<T>)value).ToArray(), session);
        }

        public object Read(Stream stream, DeserializerSession session)
        {
            var queue = new Queue<T>();
            session.TrackDeserializedObject(queue);
            foreach (var item in (T[])session.Serializer.GetDeserializerByManifest(stream, session).ReadValue(stream, session))
            {
                queue.Enqueue(item);
            }

            return queue;
        }
    }
}
