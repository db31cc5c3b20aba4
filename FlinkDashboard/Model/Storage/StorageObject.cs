namespace FlinkDashboard.Model.Storage;

/// <summary>An object of a bucket as a listing shows it.</summary>
/// <param name="Address">Where.</param>
/// <param name="Size">Bytes.</param>
/// <param name="At">When it was written.</param>
/// <param name="Tag">Changes with the content; without quotes.</param>
public sealed record StorageObject(StorageAddress Address, long Size, DateTimeOffset At, string Tag);

/// <summary>One page of a folder.</summary>
/// <param name="Folders">Folders in it.</param>
/// <param name="Objects">Objects in it, without the folder's own marker.</param>
/// <param name="Next">Continues the listing; null at its end.</param>
public sealed record StorageListing(IReadOnlyList<StorageAddress> Folders, IReadOnlyList<StorageObject> Objects, string? Next);

/// <summary>An object as it answers itself.</summary>
/// <param name="Object">As listed.</param>
/// <param name="ContentType">What its writer said it is; null when nothing.</param>
/// <param name="StorageClass">STANDARD and others; null: STANDARD.</param>
/// <param name="Encryption">AES256, aws:kms; null when the server does not say.</param>
public sealed record StorageHead(StorageObject Object, string? ContentType, string? StorageClass, string? Encryption);

/// <summary>A part of an upload that has arrived.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Tag">Needed to complete the upload; with quotes as the server gave it.</param>
public sealed record StoragePart(int Number, long Size, string Tag);
