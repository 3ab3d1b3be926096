// What newer versions of Kotlin have and Debian's has not.

package kotlin

import kotlin.reflect.KClass

@Retention(AnnotationRetention.BINARY)
annotation class OptIn(vararg val markerClass: KClass<out Annotation>)

fun String.lowercase(): String = map { Character.toLowerCase(it) }.joinToString("")
