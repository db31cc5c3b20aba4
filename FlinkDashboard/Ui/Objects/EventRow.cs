using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Objects;

/// <summary>One Kubernetes Event on the screen.</summary>
/// <param name="Source">Component that wrote it.</param>
/// <param name="About">Kind and name it concerns.</param>
public sealed record EventRow(string Key, DateTimeOffset? At, bool Warning, string Reason, string Message, string Source, string About, int Count)
{
    public static EventRow From(CoreEvent one) => new(one.Metadata.Uid, EventReading.TimeOf(one), EventReading.IsWarning(one), one.Reason, EventReading.MessageOf(one),
        EventReading.ComponentOf(one) ?? "", $"{one.InvolvedObject.Kind} {one.InvolvedObject.Name}", EventReading.CountOf(one));

    /// <summary>The pod it concerns; null when it concerns something else.</summary>
    public string? Pod => About.StartsWith("Pod ", StringComparison.Ordinal) ? About[4..] : null;

    /// <summary>Events of some objects, newest first.</summary>
    public static Values<EventRow> Of(IEnumerable<CoreEvent> events, Func<ObjectReference, bool> about, int most = 200) =>
        Values<EventRow>.Of(events.Where(one => about(one.InvolvedObject)).Select(From).OrderByDescending(row => row.At).Take(most));
}
